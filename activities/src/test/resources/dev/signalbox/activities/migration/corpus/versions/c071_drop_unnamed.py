"""A unique index without a name goes

Revision ID: c071
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c071'
down_revision = 'c070'


def upgrade():
    op.execute("DROP INDEX users_l_idx")


def downgrade():
    op.execute("select 1")
