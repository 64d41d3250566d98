"""Left

Revision ID: c050
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c050'
down_revision = 'c106'


def upgrade():
    op.add_column("jobs", sa.Column("done", sa.Boolean))


def downgrade():
    op.drop_column("jobs", "done")
