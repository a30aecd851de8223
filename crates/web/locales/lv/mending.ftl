error-mending-press = Ar Enter vien nav skaidrs, kuru izmaiņu vēlaties: nospiediet tās pogu.
