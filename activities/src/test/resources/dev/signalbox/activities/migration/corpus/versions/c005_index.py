"""Index

Revision ID: c005
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c005'
down_revision = 'c004'


def upgrade():
    op.create_index("ix_orders_user", "orders", ["user_id"])


def downgrade():
    op.drop_index("ix_orders_user")
