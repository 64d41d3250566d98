"""Comment hides nothing

Revision ID: c044
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c044'
down_revision = 'c043'


def upgrade():
    op.execute("-- squawk-ignore-file\nALTER TABLE users DROP COLUMN nickname")


def downgrade():
    op.add_column("users", sa.Column("nickname", sa.String(50)))
