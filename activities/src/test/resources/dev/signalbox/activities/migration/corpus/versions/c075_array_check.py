"""A check of an array

Revision ID: c075
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c075'
down_revision = 'c074'


def upgrade():
    op.execute("ALTER TABLE orders ADD st text")
    op.execute("ALTER TABLE orders ADD CHECK (ARRAY[st] <@ ARRAY['a', 'b'])")


def downgrade():
    op.execute("select 1")
