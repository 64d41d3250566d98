"""Unique over a new column with one default

Revision ID: c056
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c056'
down_revision = 'c055'


def upgrade():
    op.add_column("orders", sa.Column("slug", sa.Text, server_default=""))
    op.create_index("ux_orders_slug", "orders", ["slug"], unique=True)


def downgrade():
    op.execute("select 1")
