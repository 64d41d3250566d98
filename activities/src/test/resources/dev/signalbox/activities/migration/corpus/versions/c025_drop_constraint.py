"""Drop constraint

Revision ID: c025
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c025'
down_revision = 'c024'


def upgrade():
    op.drop_constraint("ck_orders_total", "orders")


def downgrade():
    op.execute("ALTER TABLE orders ADD CONSTRAINT ck_orders_total CHECK (total >= 0) NOT VALID")
