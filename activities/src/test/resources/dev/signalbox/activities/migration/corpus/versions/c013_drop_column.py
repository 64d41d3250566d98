"""Drop column

Revision ID: c013
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c013'
down_revision = 'c012'


def upgrade():
    op.drop_column("users", "city")


def downgrade():
    op.add_column("users", sa.Column("city", sa.String(50)))
