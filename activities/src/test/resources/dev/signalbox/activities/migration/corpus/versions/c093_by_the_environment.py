"""Goes by the environment

Revision ID: c093
Author: corpus
"""

# expected class: unknown

import os
import sqlalchemy as sa
from alembic import op

revision = 'c093'
down_revision = 'c092'


def upgrade():
    op.add_column("users", sa.Column("seen", sa.DateTime))
    if os.environ.get("PRUNE"):
        op.execute("DELETE FROM users")


def downgrade():
    op.execute("select 1")
