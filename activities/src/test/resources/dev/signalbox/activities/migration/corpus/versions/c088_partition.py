"""What is emptied is an old table

Revision ID: c088
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c088'
down_revision = 'c087'


def upgrade():
    op.execute("CREATE TABLE all_orders (LIKE orders) PARTITION BY RANGE (id)")
    op.execute("ALTER TABLE all_orders ATTACH PARTITION orders DEFAULT")
    op.execute("DELETE FROM all_orders")


def downgrade():
    op.execute("select 1")
