"""A column made of others

Revision ID: c072
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c072'
down_revision = 'c071'


def upgrade():
    op.execute("ALTER TABLE users ADD low text GENERATED ALWAYS AS (lower(email)) STORED")


def downgrade():
    op.execute("select 1")
