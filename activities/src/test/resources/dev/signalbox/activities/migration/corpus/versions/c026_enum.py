"""Enum

Revision ID: c026
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c026'
down_revision = 'c025'


def upgrade():
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("ALTER TABLE users ADD COLUMN mood mood")


def downgrade():
    op.execute("ALTER TABLE users DROP COLUMN mood")
    op.execute("DROP TYPE mood")
