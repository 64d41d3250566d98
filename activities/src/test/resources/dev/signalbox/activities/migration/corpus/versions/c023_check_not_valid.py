"""Check not valid

Revision ID: c023
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c023'
down_revision = 'c022'


def upgrade():
    op.execute("ALTER TABLE orders ADD CONSTRAINT ck_orders_total CHECK (total >= 0) NOT VALID")


def downgrade():
    op.drop_constraint("ck_orders_total", "orders")
