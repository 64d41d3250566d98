"""Unique over a new column, one null

Revision ID: c058
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c058'
down_revision = 'c057'


def upgrade():
    op.add_column("orders", sa.Column("seat", sa.Text))
    op.execute("create unique index ux_orders_seat on orders (seat) nulls not distinct")


def downgrade():
    op.execute("select 1")
