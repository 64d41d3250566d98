"""Foreign key

Revision ID: c021
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c021'
down_revision = 'c020'


def upgrade():
    op.create_foreign_key("fk_orders_users", "orders", "users", ["user_id"], ["id"])


def downgrade():
    op.drop_constraint("fk_orders_users", "orders")
