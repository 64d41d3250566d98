"""A downgrade that only prints

Revision ID: c096
Author: corpus
"""

# expected class: irreversible

import sqlalchemy as sa
from alembic import op

revision = 'c096'
down_revision = 'c095'


def upgrade():
    op.add_column("users", sa.Column("shown", sa.Integer))


def downgrade():
    print("nothing to do")
