"""Enum rename

Revision ID: c028
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c028'
down_revision = 'c027'


def upgrade():
    op.execute("ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'")


def downgrade():
    op.execute("ALTER TYPE mood RENAME VALUE 'fine' TO 'ok'")
