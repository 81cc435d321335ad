#!/usr/bin/env bash
# Completes fmviz's commands, options and their values in bash and zsh:
#
#   source <(fmviz generate-completion)

_fmviz_commands="{commands}"

# The options of a command; those of all where none is named.
_fmviz_options() {
  case $1 in
{options}
  esac
}

# What an option takes: words, files, or what nobody knows; it fails where the option takes nothing.
_fmviz_values() {
  case $1 in
{values}
    *) return 1 ;;
  esac
}

# Offers those of some words that begin as the current one does.
_fmviz_words() {
  local each
  for each in $1; do
    case $each in
      "$cur"*) COMPREPLY+=("$prefix$each") ;;
    esac
  done
}

# Offers files that begin as the current word does, or folders only.
_fmviz_files() {
  local file path=$cur
  case $cur in
    "~/"*) path=$HOME/${cur#"~/"} ;;
  esac
  for file in "$path"*; do
    if [ -d "$file" ] || { [ -z "$1" ] && [ -e "$file" ]; }; then
      COMPREPLY+=("$prefix${cur%"${cur##*/}"}${file##*/}")
    fi
  done
  # Readline then writes blanks as they must be typed, and a slash behind a folder.
  [ -n "${ZSH_VERSION-}" ] || compopt -o filenames 2>/dev/null
}

# Offers the names of checkpoints in the folder where they are unless told.
_fmviz_checkpoints() {
  local file
  for file in save_model/"$cur"*.safetensors; do
    case $file in
      *.optimizer.safetensors) ;;
      *) [ ! -e "$file" ] || _fmviz_words "$(basename "$file" .safetensors)" ;;
    esac
  done
}

_complete_fmviz() {
  [ -z "${ZSH_VERSION-}" ] || setopt localoptions ksharrays shwordsplit nonomatch
  COMPREPLY=()
  local cur=${COMP_WORDS[COMP_CWORD]} command="" option="" prefix="" word values i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      =) ;; # between an option and its value, for bash
      --*=*) option="" ;;
      -*) if _fmviz_values "$word" >/dev/null; then option=$word; else option=""; fi ;;
      *)
        if [ -z "$option" ]; then
          [ -n "$command" ] || command=$word
        elif [ "$option" != --image ]; then # which takes several
          option=""
        fi
        ;;
    esac
  done
  case $cur in
    =) cur="" ;;
    --*=*) option=${cur%%=*} prefix=$option= cur=${cur#*=} ;;
    -*) option="" ;;
  esac
  if [ -n "$option" ]; then
    values=$(_fmviz_values "$option") || return 0
    case $values in
      "<file>") _fmviz_files ;;
      "<folder>") _fmviz_files folders ;;
      "<checkpoint>") _fmviz_checkpoints && _fmviz_files ;;
      "<list>"*)
        case $cur in
          *,*) prefix=$prefix${cur%,*}, cur=${cur##*,} ;;
        esac
        _fmviz_words "${values#<list>}"
        ;;
      "<any>") ;;
      *) _fmviz_words "$values" ;;
    esac
  elif [ "$command" = help ]; then
    _fmviz_words "$_fmviz_commands"
  elif [ -n "$command" ] || [ "${cur#-}" != "$cur" ]; then
    _fmviz_words "$(_fmviz_options "$command")"
  else
    _fmviz_words "$_fmviz_commands"
  fi
}

if [ -n "${ZSH_VERSION-}" ]; then
  if ! type compdef >/dev/null 2>&1; then
    autoload -Uz compinit && compinit
  fi
  autoload -Uz bashcompinit && bashcompinit
  complete -o filenames -F _complete_fmviz fmviz
else
  complete -F _complete_fmviz fmviz
fi
