"""EXPLAIN ANALYZE runs what it explains

Revision ID: c060
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c060'
down_revision = 'c059'


def upgrade():
    op.execute("explain analyze delete from orders where id = 0")


def downgrade():
    op.execute("select 1")
