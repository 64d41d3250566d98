"""Right

Revision ID: c051
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c051'
down_revision = 'c106'


def upgrade():
    op.add_column("jobs", sa.Column("tried", sa.Integer))


def downgrade():
    op.drop_column("jobs", "tried")
