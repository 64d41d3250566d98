"""Backfill

Revision ID: c029
Author: corpus
"""

# expected class: data

import sqlalchemy as sa
from alembic import op

revision = 'c029'
down_revision = 'c028'


def upgrade():
    op.execute("UPDATE users SET plan = 'paid' WHERE id IN (SELECT user_id FROM orders)")


def downgrade():
    op.execute("UPDATE users SET plan = 'free' WHERE plan = 'paid'")
