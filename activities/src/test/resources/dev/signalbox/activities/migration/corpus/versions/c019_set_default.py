"""Set default

Revision ID: c019
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c019'
down_revision = 'c018'


def upgrade():
    op.alter_column("orders", "total", server_default="0")


def downgrade():
    op.alter_column("orders", "total", server_default=None)
