// `import Refrain` is all that a program writes: the values that it gets back come with it.

@_exported public import RefrainModel
@_exported public import RefrainReport
