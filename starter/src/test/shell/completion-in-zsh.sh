#!/usr/bin/env -S zsh -f
# Loads `signalbox completion zsh` into a real zsh on a terminal of its own and presses the tab key there. By hand,
# as the build needs no zsh: zsh -f starter/src/test/shell/completion-in-zsh.sh "$(./signalbox completion zsh)"
zmodload zsh/zpty || exit 2
directory=$(mktemp -d) && cd $directory || exit 2
print -r -- "$1" > script
print -r -- $'[environments.staging]\n[environments.production]\n[environments.production.limits]' > signalbox.toml

zpty -b shell env TERM=dumb ZDOTDIR=$directory zsh -f -i
zpty -w shell 'PS1="> "; LISTMAX=1000; source ./script; print -r -- "ready "now'
zpty -r -m shell out '*ready now*' || exit 2

failed=0
# what is typed, then what must be offered or filled in
check() {
  local out='' chunk tries
  zpty -n -w shell "$1"$'\t\t'
  for tries in {1..40}; do
    while zpty -r -t shell chunk; do out+=$chunk; done
    [[ $out == *$~2* ]] && break
    sleep 0.1
  done
  zpty -n -w shell $'\C-u'
  if [[ $out == *$~2* ]]; then print "ok    $1"; else print "wrong $1: $out"; failed=1; fi
}

check 'signalbox pro' 'promote'
check 'signalbox rol' 'rollback'
check 'signalbox promote ' 'production*staging'
check 'signalbox why prod' 'why production'
check 'signalbox promote --re' '--reason'
check 'signalbox status --output ' 'json*text'
check 'signalbox resolve production --as ' 'abandon*not-done*rollback'

zpty -d shell
cd / && rm -r $directory
exit $failed
