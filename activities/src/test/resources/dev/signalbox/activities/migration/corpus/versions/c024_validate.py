"""Validate

Revision ID: c024
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c024'
down_revision = 'c023'


def upgrade():
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total")


def downgrade():
    op.execute("SELECT 1")
