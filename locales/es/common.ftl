# Las palabras del marco y de los componentes. Cada superficie guarda las suyas en sus propios archivos.
app-name = Redress
ui-skip = Ir al contenido
ui-menu = Menú
ui-main-nav = Navegación principal
ui-search = Buscar o ir a
ui-theme = Cambiar entre claro y oscuro
ui-sign-out = Cerrar sesión
ui-language = Idioma
ui-this-language = Español
ui-language-some = Algunas páginas solo están en inglés y alemán.
ui-reconnecting = Reconectando
ui-copied = Copiado
ui-copy = Copiar
ui-copy-value = Copiar { $value }
ui-cancel = Cancelar
ui-errors-title = Revise estas respuestas
ui-breadcrumbs = Está aquí
ui-pages = Páginas
ui-previous = Anterior
ui-next = Siguiente
ui-step-of = Paso { $n } de { $total }
count-items = { $n ->
    [one] { $n } artículo
   *[other] { $n } artículos
}

# Tiempos
ago-now = ahora mismo
ago-minutes = hace { $n } min
ago-hours = { $n ->
    [one] hace { $n } hora
   *[other] hace { $n } horas
}
ago-days = { $n ->
    [one] hace { $n } día
   *[other] hace { $n } días
}

# Palabras que muestra el script
js-close = Cerrar
js-shortcuts = Atajos de teclado
js-shortcuts-on = Los atajos de una letra están activos
js-palette = Escriba una orden o un número de caso
js-palette-empty = No se encontró nada
js-saved = Borrador guardado
js-save-failed = Borrador aún sin guardar; se intenta de nuevo
js-offline = Sin conexión. Lo que escriba se guarda aquí.
js-scans-waiting = lecturas por enviar
js-next-row = Siguiente de la lista
js-previous-row = Anterior de la lista
js-search = Buscar
js-help = Esta ayuda
js-network = No llegó al servidor. Revise la conexión e inténtelo de nuevo.
