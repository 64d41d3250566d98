"""Drops only when it runs

Revision ID: c036
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import context, op

revision = 'c036'
down_revision = 'c035'


def upgrade():
    op.add_column("orders", sa.Column("at", sa.DateTime))
    if not context.is_offline_mode():
        op.drop_column("orders", "at")


def downgrade():
    op.execute("SELECT 1")
