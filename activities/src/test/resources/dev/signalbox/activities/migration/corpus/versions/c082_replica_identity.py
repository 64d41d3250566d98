"""Deleted rows are not told any more

Revision ID: c082
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c082'
down_revision = 'c081'


def upgrade():
    op.execute("ALTER TABLE orders REPLICA IDENTITY NOTHING")


def downgrade():
    op.execute("select 1")
