"""Drop not null

Revision ID: c018
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c018'
down_revision = 'c017'


def upgrade():
    op.alter_column("orders", "total", nullable=True)


def downgrade():
    op.alter_column("orders", "total", nullable=False)
