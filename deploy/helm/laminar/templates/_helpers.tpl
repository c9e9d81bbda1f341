{{- define "laminar.name" -}}
{{- printf "%s" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "laminar.labels" -}}
app.kubernetes.io/name: laminar
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "laminar.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "laminar.checkpoints" -}}
{{- if .Values.checkpoints -}}
{{ .Values.checkpoints }}
{{- else if .Values.volume.enabled -}}
/state/cluster
{{- else -}}
{{- fail "set checkpoints to a URL that all pods reach, or volume.enabled to true" -}}
{{- end -}}
{{- end -}}

{{/* Memory as the process takes it (4g) in Kubernetes' words (4Gi). */}}
{{- define "laminar.memory" -}}
{{ . | trimSuffix "g" | trimSuffix "m" }}{{ if hasSuffix "g" . }}Gi{{ else }}Mi{{ end }}
{{- end -}}
