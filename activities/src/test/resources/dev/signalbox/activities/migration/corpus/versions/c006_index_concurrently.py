"""Index concurrently

Revision ID: c006
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c006'
down_revision = 'c005'


def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_total", "orders", ["total"], postgresql_concurrently=True)


def downgrade():
    op.drop_index("ix_orders_total")
