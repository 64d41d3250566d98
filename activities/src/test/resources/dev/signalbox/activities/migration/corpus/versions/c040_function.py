"""Function

Revision ID: c040
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c040'
down_revision = 'c039'


def upgrade():
    op.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$")


def downgrade():
    op.execute("DROP FUNCTION one()")
