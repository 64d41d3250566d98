"""Drop index

Revision ID: c009
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c009'
down_revision = 'c008'


def upgrade():
    op.drop_index("ix_users_nick")


def downgrade():
    op.create_index("ix_users_nick", "users", ["nick"])
