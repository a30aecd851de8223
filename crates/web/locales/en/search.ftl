error-search-words = A search has at most { $words } words of { $letters } letters each. Search for the words that matter most.
error-search-kind = There is nothing of the kind “{ $kind }” to search for. Use ticket, person or organisation.
search-title = Search
search-placeholder = Words, a "phrase", a number, or a test such as desk:it
search-do = Search
search-hint = Search reads titles, numbers, tags, the messages that you may read and the text of the files attached to them, in any form of a word and with or without accents. Quotation marks keep words together, a minus in front leaves out, and tests such as status:open or created<7d narrow.
search-kinds = What to search for
search-all = All
search-tickets = Tickets
search-people = People and organisations
search-none = Nothing found for “{ $text }”
search-none-hint = Try fewer or other words. One letter may be wrong, and accents never matter.
search-building = The search index is being built: { $percent } %. The newest tickets are in it already.
search-pages = Pages of results
search-before = Previous
search-behind = Next
search-narrow = Narrow the results
search-count = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
    }
search-many = The best { $n } tickets; more words find others
similar-title = Similar tickets
