"""A check that null does not pass

Revision ID: c074
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c074'
down_revision = 'c073'


def upgrade():
    op.execute("ALTER TABLE orders ADD g int")
    op.execute("ALTER TABLE orders ADD CHECK (greatest(g, 0) > 5)")


def downgrade():
    op.execute("select 1")
