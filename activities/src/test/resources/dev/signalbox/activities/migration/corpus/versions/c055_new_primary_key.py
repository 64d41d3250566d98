"""A new column becomes the key

Revision ID: c055
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c055'
down_revision = 'c054'


def upgrade():
    op.execute("alter table orders add column key int")
    op.execute("alter table orders add primary key (key)")


def downgrade():
    op.execute("select 1")
