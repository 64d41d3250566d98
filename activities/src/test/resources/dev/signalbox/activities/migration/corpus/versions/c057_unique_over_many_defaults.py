"""Unique over a new column that fills itself

Revision ID: c057
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c057'
down_revision = 'c056'


def upgrade():
    op.add_column("orders", sa.Column("token", sa.Uuid, server_default=sa.text("gen_random_uuid()")))
    op.create_index("ux_orders_token", "orders", ["token"], unique=True)


def downgrade():
    op.execute("select 1")
