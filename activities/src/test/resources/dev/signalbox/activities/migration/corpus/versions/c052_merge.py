"""Both branches

Revision ID: c052
Author: corpus
"""

# expected class: expand

revision = 'c052'
down_revision = ('c050', 'c051')


def upgrade():
    pass


def downgrade():
    pass
