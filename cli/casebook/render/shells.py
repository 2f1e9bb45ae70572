"""The completion scripts of the shells; each asks the program itself what can follow.

They hold no command's name but the programs': what is offered is the program's answer.
"""

from __future__ import annotations

from typing import Final

BASH: Final = r"""# Completion of casebook, git case and git policy for bash. In ~/.bashrc:
#   eval "$(casebook completion bash)"
_casebook_answer() {
    # $1: the program to ask; $2: how many words stand before its own
    local kind value
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
        esac
    done < <(
        IFS=$'\n'
        env COMP_WORDS="${words[*]:$2}" COMP_CWORD=$((cword - $2)) \
            _CASEBOOK_COMPLETE=bash_complete "$1" 2>/dev/null
    )
}

_casebook_completion() {
    local words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
    _casebook_answer "$1" 0
}

# Called by git's own completion, which has set words and cword.
_casebook_below_git() {
    local number
    for ((number = 1; number < cword; number++)); do
        [[ ${words[number]} == "$1" ]] && break
    done
    _casebook_answer "git-$1" "$number"
}
_git_case() { _casebook_below_git case; }
_git_policy() { _casebook_below_git policy; }

complete -o nosort -F _casebook_completion casebook git-case git-policy policy 'case' 2>/dev/null ||
    complete -F _casebook_completion casebook git-case git-policy policy 'case'
"""

ZSH: Final = r"""#compdef casebook git-case git-policy policy
# Completion of casebook, git case and git policy for zsh. In ~/.zshrc:
#   eval "$(casebook completion zsh)"
_casebook_answer() {
    # $1: the program to ask; words and CURRENT are those of its own command line
    local -a plain described response
    local kind value help
    (( $+commands[$1] )) || return 1
    response=("${(@f)$(env COMP_WORDS="${(F)words}" COMP_CWORD=$((CURRENT - 1)) \
        _CASEBOOK_COMPLETE=zsh_complete "$1" 2>/dev/null)}")
    for kind value help in "${response[@]}"; do
        if [[ $kind == plain ]]; then
            if [[ $help == _ ]]; then plain+=("$value"); else described+=("$value:$help"); fi
        elif [[ $kind == dir ]]; then
            _path_files -/
        elif [[ $kind == file ]]; then
            _path_files -f
        fi
    done
    (( $#described )) && _describe -V casebook described -U
    (( $#plain )) && compadd -U -V casebook -a plain
    (( $#described + $#plain ))
}

_casebook() { _casebook_answer "${service:-casebook}"; }

# Called by zsh's completion of git, which has taken away the word git.
_git-case() { _casebook_answer git-case; }
_git-policy() { _casebook_answer git-policy; }

if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _casebook "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
    zstyle -g _casebook_known ':completion:*:*:git:*' user-commands
    zstyle ':completion:*:*:git:*' user-commands "${_casebook_known[@]}" \
        case:'incidents of the school' policy:'rules of the school'
    unset _casebook_known
    compdef _casebook casebook git-case git-policy policy
fi
"""

FISH: Final = r"""# Completion of casebook, git case and git policy for fish.
# In ~/.config/fish/config.fish:
#   casebook completion fish | source
function __casebook_answer --argument-names program name
    # program: whom to ask; name: its word behind git, where there is one
    set -l words (commandline -opc)
    if test -n "$name"
        while set -q words[1]; and test "$words[1]" != "$name"
            set -e words[1]
        end
    end
    set -l current (commandline -ct)
    set -l line (string escape -- $words | string join ' ')
    for answer in (env _CASEBOOK_COMPLETE=fish_complete "COMP_WORDS=$line" \
            "COMP_CWORD=$current" $program 2>/dev/null)
        set -l parts (string split -m 1 , -- $answer)
        switch $parts[1]
            case plain
                echo $parts[2]
            case dir
                __fish_complete_directories $current
            case file
                __fish_complete_path $current
        end
    end
end

for program in casebook git-case git-policy policy
    complete -c $program -f -k -a "(__casebook_answer $program)"
end
for name in 'case' policy
    complete -c git -n "__fish_seen_subcommand_from $name" -f -k \
        -a "(__casebook_answer git-$name $name)"
end
complete -c git -n __fish_use_subcommand -f -a 'case' -d 'Incidents of the school'
complete -c git -n __fish_use_subcommand -f -a policy -d 'Rules of the school'
"""

POWERSHELL: Final = r"""# Completion of casebook, git case and git policy for PowerShell.
# In the file $PROFILE:
#   casebook completion powershell | Out-String | Invoke-Expression
function Get-CasebookCompletion([string] $Program, [string[]] $Words, [int] $Number) {
    $kept = $env:_CASEBOOK_COMPLETE, $env:COMP_WORDS, $env:COMP_CWORD
    try {
        $env:_CASEBOOK_COMPLETE = 'powershell_complete'
        $env:COMP_WORDS = $Words -join ' '
        $env:COMP_CWORD = "$Number"
        $lines = @(& $Program 2>$null)
    }
    finally {
        $env:_CASEBOOK_COMPLETE, $env:COMP_WORDS, $env:COMP_CWORD = $kept
    }
    for ($i = 0; $i + 2 -lt $lines.Count; $i += 3) {
        $value = $lines[$i + 1]
        $tip = $lines[$i + 2]
        if ($lines[$i] -ne 'plain') { continue }
        if (-not $tip -or $tip -eq '_') { $tip = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $tip)
    }
}

foreach ($name in 'casebook', 'git-case', 'git-policy', 'case', 'policy') {
    Register-ArgumentCompleter -Native -CommandName $name -ScriptBlock {
        param($wordToComplete, $commandAst, $cursorPosition)
        $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
        $number = $words.Count
        if ($wordToComplete) { $number -= 1 }
        Get-CasebookCompletion $words[0] $words $number
    }
}

Register-ArgumentCompleter -Native -CommandName git -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
    $number = $words.Count - 1
    if ($wordToComplete) { $number -= 1 }
    if ($words.Count -gt 1 -and $number -gt 0 -and $words[1] -in 'case', 'policy') {
        return Get-CasebookCompletion "git-$($words[1])" $words[1..($words.Count - 1)] $number
    }
    if (Get-Command Expand-GitCommand -ErrorAction Ignore) {
        # posh-git completes everything else of git.
        $length = $cursorPosition - $commandAst.Extent.StartOffset
        Expand-GitCommand $commandAst.ToString().PadRight($length, ' ').Substring(0, $length)
    }
}
"""

SCRIPTS: Final = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL}


def script(shell: str) -> list[str]:
    """The lines of the script for a shell; raises KeyError for an unknown one."""
    return SCRIPTS[shell].splitlines()
