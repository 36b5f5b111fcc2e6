# What the expressions refer to.
locals {
  flush = <<-EOT
    %{for x in ["a", "b"]~}
    server ${x}
      deeper
    %{endfor~}
    end
  EOT

  indented = <<-EOT
      a

    b ${1 + 1}
   ${"q"} z
      EOT

  flat = <<EOT
  one ${~"z"~}
  two
EOT

  escapes = <<EOT
a\n$${x} %%{y} \u0041
EOT

  strip = <<EOT
foo
  %{~if true~}
  x
  %{~endif~}
bar
EOT

  loop = <<-EOT
  %{for i in [1, 2, 3]}
    line ${i}
  %{~endfor}
  EOT

  empty_heredoc = <<-EOT
  EOT

  quoted_directive = "%{if false}a%{else}b%{endif}-%{for k, v in { a = 1, b = 2 }}${k}=${v};%{endfor}"

  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ${jsonencode(["111122223333", "999988887777"])}}}
      ]
    }
  EOT

  by_parentheses = {
    (1 + 1) = 2
    ("a${"b"}") = "c"
    true    = 3
    5       = 6
    "q-r"   = [for x in [1] : x]
    plain   = "d"
    (upper("x")) : "y"
  }

  accounts = {
    partner = { id = "999988887777", roles = ["reader", "writer"] }
    own     = { id = "111122223333", roles = [] }
  }

  conditional_object = true ? {
    a = 1
    b = "x"
  } : null
}

variable "typed" {
  type = object({
    name  = string
    count = optional(number, 3)
    tags  = optional(map(string), {})
    list  = optional(list(object({ id = string, open = optional(bool, true) })), [])
    none  = optional(string)
  })
  default = {
    name = 5
    list = [{ id = 1 }, { id = "b", open = "false" }]
    more = "dropped"
  }
}

variable "converted" {
  type    = map(list(string))
  default = { a = [1, true, "x"], b = [] }
}

variable "a_set" {
  type    = set(string)
  default = ["b", "a", "b"]
}

variable "a_tuple" {
  type    = tuple([string, number])
  default = [1, "2"]
}

variable "not_null" {
  type     = string
  default  = "fallback"
  nullable = false
}

variable "any_list" {
  type    = list(any)
  default = ["a", 1, true]
}
