"""Revoke

Revision ID: c049
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c049'
down_revision = 'c048'


def upgrade():
    op.execute("REVOKE ALL ON users FROM public")


def downgrade():
    op.execute("GRANT SELECT ON users TO public")
