"""Set not null

Revision ID: c017
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c017'
down_revision = 'c016'


def upgrade():
    op.alter_column("orders", "total", nullable=False)


def downgrade():
    op.alter_column("orders", "total", nullable=True)
