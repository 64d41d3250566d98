"""View

Revision ID: c048
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c048'
down_revision = 'c047'


def upgrade():
    op.execute("CREATE VIEW names AS SELECT email FROM users")


def downgrade():
    op.execute("DROP VIEW names")
