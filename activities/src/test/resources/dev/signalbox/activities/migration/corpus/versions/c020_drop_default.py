"""Drop default

Revision ID: c020
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c020'
down_revision = 'c019'


def upgrade():
    op.alter_column("orders", "total", server_default=None)


def downgrade():
    op.alter_column("orders", "total", server_default="0")
