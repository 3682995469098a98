// The names of HTML's common character references. HTML has two thousand, nearly all of them for
// mathematics; prose uses those of Latin-1, the typographic ones, Greek letters and a few more.
// An unknown name stays in the text as it is written.

package enum EntityTable {
  /// From a name without `&` and `;` to its character.
  ///
  /// Names are case-sensitive: `&Auml;`, `&auml;`.
  package static let characters: [String: String] = {
    var table: [String: String] = [:]
    for (first, names) in runs {
      for (index, name) in names.split(separator: " ").enumerated() where name != "-" {
        let scalar = Unicode.Scalar(first + UInt32(index))
        table[String(name)] = scalar.map { String(Character($0)) }
      }
    }
    return table
  }()

  /// Names of consecutive characters, with the first one's code point; `-` has no name here.
  private static let runs: [(UInt32, String)] = [
    (0x09, "Tab NewLine"),
    (0x21, "excl quot num dollar percnt amp apos lpar rpar ast plus comma - period sol"),
    (0x3A, "colon semi lt equals gt quest commat"),
    (0x5B, "lsqb bsol rsqb Hat lowbar grave"),
    (0x7B, "lcub vert rcub"),
    // Latin-1, all of it.
    (0xA0, "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr"),
    (0xB0, "deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo"),
    (0xBC, "frac14 frac12 frac34 iquest"),
    (0xC0, "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml"),
    (0xCC, "Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times"),
    (0xD8, "Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig"),
    (0xE0, "agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml"),
    (0xEC, "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide"),
    (0xF8, "oslash ugrave uacute ucirc uuml yacute thorn yuml"),
    // Letters of Europe beyond Latin-1.
    (0x102, "Abreve abreve Aogon aogon Cacute cacute"),
    (0x10C, "Ccaron ccaron Dcaron dcaron Dstrok dstrok"),
    (0x118, "Eogon eogon Ecaron ecaron"),
    (0x11E, "Gbreve gbreve"),
    (0x130, "Idot imath"),
    (0x141, "Lstrok lstrok Nacute nacute - - Ncaron ncaron"),
    (0x150, "Odblac odblac OElig oelig"),
    (0x158, "Rcaron rcaron Sacute sacute"),
    (0x15E, "Scedil scedil Scaron scaron Tcedil tcedil Tcaron tcaron"),
    (0x16E, "Uring uring Udblac udblac"),
    (0x178, "Yuml Zacute zacute Zdot zdot Zcaron zcaron"),
    (0x192, "fnof"),
    (0x2C6, "circ"),
    (0x2DC, "tilde"),
    (0x391, "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron"),
    (0x3A0, "Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega"),
    (0x3B1, "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron"),
    (0x3C0, "pi rho sigmaf sigma tau upsilon phi chi psi omega"),
    // Spaces, dashes, quotation marks and what else typesetters use.
    (0x2002, "ensp emsp - - - - - thinsp hairsp - zwnj zwj lrm rlm"),
    (0x2010, "hyphen - - ndash mdash horbar - - lsquo rsquo sbquo - ldquo rdquo bdquo"),
    (0x2020, "dagger Dagger bull - - - hellip"),
    (0x2030, "permil - prime Prime"),
    (0x2039, "lsaquo rsaquo"),
    (0x203E, "oline"),
    (0x2044, "frasl"),
    (0x20AC, "euro"),
    (0x2116, "numero"),
    (0x2122, "trade"),
    (0x2190, "larr uarr rarr darr harr"),
    (0x2212, "minus"),
    (0x221E, "infin"),
    (0x2248, "asymp"),
    (0x2260, "ne"),
    (0x2264, "le ge"),
  ]
}
