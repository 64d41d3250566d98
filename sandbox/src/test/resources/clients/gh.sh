#!/bin/sh
# gh api against the sandbox. GH_CLI is the binary; SANDBOX (http://127.0.0.1:P), GITHUB_TOKEN,
# REPOSITORY say where. Plain http needs GH_HOST=github.localhost through a proxy: the sandbox itself.
# One line for each step; the exit code is the number of failures.
failures=0
export GH_HOST=github.localhost GH_ENTERPRISE_TOKEN="$GITHUB_TOKEN" GH_TOKEN="$GITHUB_TOKEN"
export HTTP_PROXY="$SANDBOX" http_proxy="$SANDBOX" NO_PROXY= no_proxy= GH_NO_UPDATE_NOTIFIER=1
GH_CONFIG_DIR=$(mktemp -d)
export GH_CONFIG_DIR
trap 'rm -rf "$GH_CONFIG_DIR"' EXIT

gh() { "$GH_CLI" api "$@" 2>&1; }

# expect NAME WANTED COMMAND...: the answer must be WANTED.
expect() {
  name=$1 wanted=$2
  shift 2
  got=$("$@")
  if [ "$got" = "$wanted" ]; then
    echo "ok $name"
  else
    failures=$((failures + 1))
    echo "FAILED $name: wanted '$wanted', got '$got'"
  fi
}

# refuse NAME WORDS COMMAND...: must fail and say WORDS.
refuse() {
  name=$1 words=$2
  shift 2
  if got=$("$@"); then
    failures=$((failures + 1))
    echo "FAILED $name: was not refused: $got"
  else
    case $got in
      *"$words"*) echo "ok $name" ;;
      *) failures=$((failures + 1)) && echo "FAILED $name: $got" ;;
    esac
  fi
}

here="repos/$REPOSITORY"
expect repository "$REPOSITORY" gh "$here" --jq .full_name
expect "url field" "http://api.github.localhost/$here" gh "$here" --jq .url
main=$(gh "$here/git/ref/heads/main" --jq .object.sha)
expect branch "$main" gh "$here/branches/main" --jq .commit.sha
expect "create branch" "$main" gh "$here/git/refs" -f ref=refs/heads/gh/feature -f sha="$main" --jq .object.sha
refuse "create branch twice" "Reference already exists" gh "$here/git/refs" -f ref=refs/heads/gh/feature -f sha="$main"
expect "ref with encoded slash" "$main" gh "$here/git/ref/heads%2Fgh%2Ffeature" --jq .object.sha
expect "put contents" gh.txt gh -X PUT "$here/contents/gh.txt" -f message=Add -f branch=gh/feature \
  -f content="$(printf 'one\n' | base64)" --jq .content.name
head=$(gh "$here/git/ref/heads/gh/feature" --jq .object.sha)
expect compare ahead gh "$here/compare/main...gh/feature" --jq .status
expect "commits, all pages" "$head" sh -c '"$GH_CLI" api --paginate "$1" --jq ".[].sha" | head -1' - "$here/commits?sha=gh/feature&per_page=1"
expect "create status" success gh "$here/statuses/$head" -f state=success -f context=gh/status --jq .state
expect "combined status" success gh "$here/commits/$head/status" --jq .state
expect "check run" completed gh "$here/check-runs" -f name=gh-ci -f head_sha="$head" -f conclusion=success --jq .status
expect "check runs" 1 gh "$here/commits/$head/check-runs?check_name=gh-ci" --jq .total_count
pull=$(gh "$here/pulls" -f head=gh/feature -f base=main -f title=Gh --jq .number)
expect "pull request" open gh "$here/pulls/$pull" --jq .state
refuse "merge with the wrong sha" "Head branch was modified" gh -X PUT "$here/pulls/$pull/merge" -f sha="$main"
expect "merge" true gh -X PUT "$here/pulls/$pull/merge" -f sha="$head" --jq .merged
refuse "merge twice" "Pull Request is not mergeable" gh -X PUT "$here/pulls/$pull/merge" -f sha="$head"
issue=$(gh "$here/issues" -f title=Gh -f 'labels[]=gh-label' --jq .number)
expect "issue with label" gh-label gh "$here/issues/$issue" --jq '.labels[0].name'
expect "comment" hello gh "$here/issues/$issue/comments" -f body=hello --jq .body
expect "deployment" gh gh "$here/deployments" -f ref=main -f environment=gh -F auto_merge=false --jq .environment
expect "release" v-gh gh "$here/releases" -f tag_name=v-gh --jq .tag_name
expect "tag" v-gh gh "$here/git/ref/tags/v-gh" --jq '.ref | ltrimstr("refs/tags/")'
expect "rate limit" "5000" gh rate_limit --jq .resources.core.limit
refuse "404" "Not Found" gh "repos/acme/nothing-here"
refuse "422" "Validation Failed" gh "$here/pulls" -f head=nowhere -f base=main -f title=x
exit $failures
