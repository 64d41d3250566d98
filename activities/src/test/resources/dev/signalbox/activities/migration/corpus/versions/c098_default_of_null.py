"""A default of nothing

Revision ID: c098
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c098'
down_revision = 'c097'


def upgrade():
    op.execute("ALTER TABLE orders ALTER total SET DEFAULT NULL")


def downgrade():
    op.execute("select 1")
