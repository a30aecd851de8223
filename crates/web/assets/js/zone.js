// Set-up offers the time zone that the browser knows.

export const watchZone = () => {
  const select = document.querySelector("[data-zone] select");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Whoever was quicker than this script has chosen already.
  const chosen = select && !select.selectedOptions[0]?.defaultSelected && select.selectedIndex > 0;
  if (select && !chosen && [...select.options].some((option) => option.value === zone)) select.value = zone;
};
