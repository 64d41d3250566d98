"""Foreign key of a new column

Revision ID: c022
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c022'
down_revision = 'c021'


def upgrade():
    op.add_column("orders", sa.Column("payer_id", sa.Integer))
    op.create_foreign_key("fk_orders_payers", "orders", "users", ["payer_id"], ["id"])


def downgrade():
    op.drop_column("orders", "payer_id")
