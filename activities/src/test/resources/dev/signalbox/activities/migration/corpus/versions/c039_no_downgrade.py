"""No downgrade

Revision ID: c039
Author: corpus
"""

# expected class: irreversible

import sqlalchemy as sa
from alembic import op

revision = 'c039'
down_revision = 'c038'


def upgrade():
    op.create_table("settings", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    pass
