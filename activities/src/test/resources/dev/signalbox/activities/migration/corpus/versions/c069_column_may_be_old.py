"""A column that may be an old one

Revision ID: c069
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c069'
down_revision = 'c068'


def upgrade():
    op.execute("ALTER TABLE users ADD COLUMN IF NOT EXISTS email text")
    op.execute("ALTER TABLE users ADD UNIQUE (email)")


def downgrade():
    op.execute("select 1")
